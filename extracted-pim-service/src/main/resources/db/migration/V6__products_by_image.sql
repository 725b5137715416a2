-- Which products show an image is asked by people who are about to throw it away.
create index product_images on product using gin (images);
